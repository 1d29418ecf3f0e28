import { family } from './family.ts';

export const NETWORK_FUNCTIONS = family(
  'Network addresses',
  'Pure functions of addresses.',
  `
abbrev (inet)! (cidr)!
broadcast (inet)!
family (inet)!
host (inet)!
hostmask (inet)!
inet_merge (inet,inet)
inet_same_family (inet,inet)!
macaddr8_set7bit (macaddr8)
masklen (inet)!
netmask (inet)!
network (inet)!
set_masklen (inet,int4) (cidr,int4)
`,
);
