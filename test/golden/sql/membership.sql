-- A rule may follow another relation: what the caller sees there opens what points at it.

-- Addresses follow profiles.
-- principal: alice
select id from addresses;
-- =>

-- Two rules, one of them a membership, are or-ed.
-- principal: alice
select id from resources;
-- =>

-- A membership in a write.
-- principal: alice
update addresses set city = 'x';
-- =>

-- Rows are tested, never joined, so that they are not multiplied.
-- principal: alice
select count(*) from resources r join permissions p on p.resource_id = r.id;
-- =>

-- A filter that can fail, on rows that a membership opens.
-- principal: alice
select id from addresses where line1::int = 1;
-- =>
