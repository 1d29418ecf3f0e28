import { family } from './family.ts';

export const GEOMETRY_FUNCTIONS = family(
  'Geometry',
  'Pure functions of points, boxes, paths and circles.',
  `
area (box) (path) (circle)
bound_box (box,box)
box (polygon) (circle) (point) (point,point)
center (box) (circle)
circle (polygon) (box) (point,float8)
diagonal (box)
diameter (circle)
height (box)
isclosed (path)
ishorizontal (lseg) (line) (point,point)
isopen (path)
isparallel (lseg,lseg) (line,line)
isperp (lseg,lseg) (line,line)
isvertical (lseg) (line) (point,point)
line (point,point)
lseg (box) (point,point)
npoints (path) (polygon)
path (polygon)
pclose (path)
point (circle) (lseg) (box) (polygon) (float8,float8)
polygon (box) (path) (circle) (int4,circle)
popen (path)
radius (circle)
slope (point,point)
width (box)
`,
);
