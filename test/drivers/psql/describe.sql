\pset format unaligned
\dt
\d things
\d parts
\d heavy_parts
\dv
\dT
\di
\dn
