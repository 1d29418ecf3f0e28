-- A filter of the caller that can fail meets only rows that the rule has let through.

-- An equality that cannot fail is left to the planner.
-- principal: alice
select id from addresses where id = 12;
-- =>

-- A division is guarded or fenced.
-- principal: alice
select id from addresses where 1/(length(line1) - 14) >= 0;
-- =>

-- A constant owner.
-- principal: alice
select id from orders where 1/(amount - 4999) >= 0;
-- =>

-- A sort key.
-- principal: alice
select id from addresses order by 1/(length(line1) - 14);
-- =>

-- An expression of the select list above a limit.
-- principal: alice
select line1::int from addresses limit 1;
-- =>

-- One that cannot fail beside one that can.
-- principal: alice
select id from addresses where id = 12 and line1 like '%x' and line1::int > 0;
-- =>

-- Through a sub-select of the caller.
-- principal: alice
select x.id from (select * from addresses) x where x.line1::int > 0;
-- =>
