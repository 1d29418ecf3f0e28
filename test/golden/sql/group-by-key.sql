-- A grouped primary key stands for the whole row, which a sub-select has not; so the other columns are grouped too.

-- The columns that the select list names are added.
-- principal: alice
select p.id, p.display_name, count(a.id) from profiles p left join addresses a on a.profile_id = p.id group by p.id;
-- =>

-- A key of two columns.
-- principal: alice
select resource_id, user_id, token from permissions group by resource_id, user_id;
-- =>

-- Nothing is added where nothing is missing.
-- principal: alice
select crdb_region, count(*) from orders group by crdb_region;
-- =>
