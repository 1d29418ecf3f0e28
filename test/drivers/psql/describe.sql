\dt
\d things
\d parts
\dv
\dT
\di
\dn
\l
