-- What a row shows is the union of the rules that it matches.

-- Two rules: the street shows in own rows only.
-- principal: alice policy=cities
select id, city, line1 from addresses;
-- =>

-- A filter sees the mask of the row.
-- principal: alice policy=cities
select id from addresses where line1 like '22%';
-- =>

-- A column that each rule shows is not masked.
-- principal: alice policy=everybody
select id from users;
-- =>

-- A write is bound to the rule that lets write.
-- principal: alice policy=cities
update addresses set line1 = 'x' returning id, line1;
-- =>
