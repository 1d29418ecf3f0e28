/**
 * The reviewed operators: all 799 of PostgreSQL 15, which are those of 18. Each is a pure function of its operands.
 *
 * One name a line, then `(left,right)` by the names of `pg_type`; a prefix operator has no left. After a signature, `!` marks it as
 * total (it cannot raise an error for any operands), `?` as total where the operands are of built-in types with total comparisons,
 * `~` as total where the right operand is a pattern that `isSafeLikePattern` accepts.
 *
 * Not total, though they look so: `||`, which sub-selects can nest until a short text passes the limit of 1 GB; arithmetic and `-` of
 * integers, which overflow; `->` of `json`, which reads the text anew; `~`, whose compiled form can run out of memory.
 * `@>` of jsonb is total for documents nested less than about 8,000 levels; deeper ones on both sides pass the limit of the stack.
 */
const OPERATORS = `
!! (,tsquery)
!~ (bpchar,text) (name,text) (text,text)
!~* (bpchar,text) (name,text) (text,text)
!~~ (bpchar,text)~ (bytea,bytea)~ (name,text)~ (text,text)~
!~~* (bpchar,text)~ (name,text)~ (text,text)~
# (,path) (,polygon) (bit,bit) (box,box) (int2,int2)! (int4,int4)! (int8,int8)! (line,line) (lseg,lseg)
## (line,lseg) (lseg,box) (lseg,lseg) (point,box) (point,line) (point,lseg)
#- (jsonb,_text)
#> (json,_text) (jsonb,_text)!
#>> (json,_text) (jsonb,_text)!
% (int2,int2) (int4,int4) (int8,int8) (numeric,numeric)
& (bit,bit) (inet,inet) (int2,int2)! (int4,int4)! (int8,int8)! (macaddr,macaddr) (macaddr8,macaddr8)
&& (anyarray,anyarray)? (anymultirange,anymultirange)? (anymultirange,anyrange)? (anyrange,anymultirange)? (anyrange,anyrange)? (box,box) (circle,circle) (inet,inet)! (polygon,polygon) (tsquery,tsquery)
&< (anymultirange,anymultirange) (anymultirange,anyrange) (anyrange,anymultirange) (anyrange,anyrange)? (box,box) (circle,circle) (polygon,polygon)
&<| (box,box) (circle,circle) (polygon,polygon)
&> (anymultirange,anymultirange) (anymultirange,anyrange) (anyrange,anymultirange) (anyrange,anyrange)? (box,box) (circle,circle) (polygon,polygon)
* (anymultirange,anymultirange) (anyrange,anyrange) (box,point) (circle,point) (float4,float4) (float4,float8) (float4,money) (float8,float4) (float8,float8) (float8,interval) (float8,money) (int2,int2) (int2,int4) (int2,int8) (int2,money) (int4,int2) (int4,int4) (int4,int8) (int4,money) (int8,int2) (int8,int4) (int8,int8) (int8,money) (interval,float8) (money,float4) (money,float8) (money,int2) (money,int4) (money,int8) (numeric,numeric) (path,point) (point,point)
*< (record,record)
*<= (record,record)
*<> (record,record)
*= (record,record)
*> (record,record)
*>= (record,record)
+ (,float4)! (,float8)! (,int2)! (,int4)! (,int8)! (,numeric)! (_aclitem,aclitem) (anymultirange,anymultirange) (anyrange,anyrange) (box,point) (circle,point) (date,int4) (date,interval) (date,time) (date,timetz) (float4,float4) (float4,float8) (float8,float4) (float8,float8) (inet,int8) (int2,int2) (int2,int4) (int2,int8) (int4,date) (int4,int2) (int4,int4) (int4,int8) (int8,inet) (int8,int2) (int8,int4) (int8,int8) (interval,date) (interval,interval) (interval,time) (interval,timestamp) (interval,timestamptz) (interval,timetz) (money,money) (numeric,numeric) (numeric,pg_lsn) (path,path) (path,point) (pg_lsn,numeric) (point,point) (time,date) (time,interval) (timestamp,interval) (timestamptz,interval) (timetz,date) (timetz,interval)
- (,float4)! (,float8)! (,int2) (,int4) (,int8) (,interval) (,numeric)! (_aclitem,aclitem) (anymultirange,anymultirange) (anyrange,anyrange) (box,point) (circle,point) (date,date) (date,int4) (date,interval) (float4,float4) (float4,float8) (float8,float4) (float8,float8) (inet,inet) (inet,int8) (int2,int2) (int2,int4) (int2,int8) (int4,int2) (int4,int4) (int4,int8) (int8,int2) (int8,int4) (int8,int8) (interval,interval) (jsonb,_text) (jsonb,int4) (jsonb,text) (money,money) (numeric,numeric) (path,point) (pg_lsn,numeric) (pg_lsn,pg_lsn) (point,point) (time,interval) (time,time)! (timestamp,interval) (timestamp,timestamp) (timestamptz,interval) (timestamptz,timestamptz) (timetz,interval)
-> (json,int4) (json,text) (jsonb,int4)! (jsonb,text)!
->> (json,int4) (json,text) (jsonb,int4)! (jsonb,text)!
-|- (anymultirange,anymultirange) (anymultirange,anyrange) (anyrange,anymultirange) (anyrange,anyrange)
/ (box,point) (circle,point) (float4,float4) (float4,float8) (float8,float4) (float8,float8) (int2,int2) (int2,int4) (int2,int8) (int4,int2) (int4,int4) (int4,int8) (int8,int2) (int8,int4) (int8,int8) (interval,float8) (money,float4) (money,float8) (money,int2) (money,int4) (money,int8) (money,money) (numeric,numeric) (path,point) (point,point)
< (anyarray,anyarray)? (anyenum,anyenum)! (anymultirange,anymultirange)? (anyrange,anyrange)? (bit,bit)! (bool,bool)! (box,box) (bpchar,bpchar)! (bytea,bytea)! (char,char)! (circle,circle) (date,date)! (date,timestamp)! (date,timestamptz)! (float4,float4)! (float4,float8)! (float8,float4)! (float8,float8)! (inet,inet)! (int2,int2)! (int2,int4)! (int2,int8)! (int4,int2)! (int4,int4)! (int4,int8)! (int8,int2)! (int8,int4)! (int8,int8)! (interval,interval)! (jsonb,jsonb)! (lseg,lseg) (macaddr,macaddr)! (macaddr8,macaddr8)! (money,money)! (name,name)! (name,text)! (numeric,numeric)! (oid,oid)! (oidvector,oidvector)! (path,path) (pg_lsn,pg_lsn)! (record,record) (text,name)! (text,text)! (tid,tid)! (time,time)! (timestamp,date)! (timestamp,timestamp)! (timestamp,timestamptz)! (timestamptz,date)! (timestamptz,timestamp)! (timestamptz,timestamptz)! (timetz,timetz)! (tsquery,tsquery)! (tsvector,tsvector)! (uuid,uuid)! (varbit,varbit)! (xid8,xid8)!
<-> (box,box) (box,lseg) (box,point) (circle,circle) (circle,point) (circle,polygon) (line,line) (line,lseg) (line,point) (lseg,box) (lseg,line) (lseg,lseg) (lseg,point) (path,path) (path,point) (point,box) (point,circle) (point,line) (point,lseg) (point,path) (point,point) (point,polygon) (polygon,circle) (polygon,point) (polygon,polygon) (tsquery,tsquery)
<< (anymultirange,anymultirange) (anymultirange,anyrange) (anyrange,anymultirange) (anyrange,anyrange)? (bit,int4) (box,box) (circle,circle) (inet,inet)! (int2,int4)! (int4,int4)! (int8,int4)! (point,point) (polygon,polygon)
<<= (inet,inet)!
<<| (box,box) (circle,circle) (point,point) (polygon,polygon)
<= (anyarray,anyarray)? (anyenum,anyenum)! (anymultirange,anymultirange)? (anyrange,anyrange)? (bit,bit)! (bool,bool)! (box,box) (bpchar,bpchar)! (bytea,bytea)! (char,char)! (circle,circle) (date,date)! (date,timestamp)! (date,timestamptz)! (float4,float4)! (float4,float8)! (float8,float4)! (float8,float8)! (inet,inet)! (int2,int2)! (int2,int4)! (int2,int8)! (int4,int2)! (int4,int4)! (int4,int8)! (int8,int2)! (int8,int4)! (int8,int8)! (interval,interval)! (jsonb,jsonb)! (lseg,lseg) (macaddr,macaddr)! (macaddr8,macaddr8)! (money,money)! (name,name)! (name,text)! (numeric,numeric)! (oid,oid)! (oidvector,oidvector)! (path,path) (pg_lsn,pg_lsn)! (record,record) (text,name)! (text,text)! (tid,tid)! (time,time)! (timestamp,date)! (timestamp,timestamp)! (timestamp,timestamptz)! (timestamptz,date)! (timestamptz,timestamp)! (timestamptz,timestamptz)! (timetz,timetz)! (tsquery,tsquery)! (tsvector,tsvector)! (uuid,uuid)! (varbit,varbit)! (xid8,xid8)!
<> (anyarray,anyarray)? (anyenum,anyenum)! (anymultirange,anymultirange)? (anyrange,anyrange)? (bit,bit)! (bool,bool)! (bpchar,bpchar)! (bytea,bytea)! (char,char)! (circle,circle) (date,date)! (date,timestamp)! (date,timestamptz)! (float4,float4)! (float4,float8)! (float8,float4)! (float8,float8)! (inet,inet)! (int2,int2)! (int2,int4)! (int2,int8)! (int4,int2)! (int4,int4)! (int4,int8)! (int8,int2)! (int8,int4)! (int8,int8)! (interval,interval)! (jsonb,jsonb)! (lseg,lseg) (macaddr,macaddr)! (macaddr8,macaddr8)! (money,money)! (name,name)! (name,text)! (numeric,numeric)! (oid,oid)! (oidvector,oidvector)! (pg_lsn,pg_lsn)! (point,point) (record,record) (text,name)! (text,text)! (tid,tid)! (time,time)! (timestamp,date)! (timestamp,timestamp)! (timestamp,timestamptz)! (timestamptz,date)! (timestamptz,timestamp)! (timestamptz,timestamptz)! (timetz,timetz)! (tsquery,tsquery)! (tsvector,tsvector)! (uuid,uuid)! (varbit,varbit)! (xid,int4)! (xid,xid)! (xid8,xid8)!
<@ (anyarray,anyarray)? (anyelement,anymultirange)? (anyelement,anyrange)? (anymultirange,anymultirange)? (anymultirange,anyrange)? (anyrange,anymultirange)? (anyrange,anyrange)? (box,box) (circle,circle) (jsonb,jsonb)! (lseg,box) (lseg,line) (point,box) (point,circle) (point,line) (point,lseg) (point,path) (point,polygon) (polygon,polygon) (tsquery,tsquery)
<^ (box,box) (point,point)
= (aclitem,aclitem) (anyarray,anyarray)? (anyenum,anyenum)! (anymultirange,anymultirange)? (anyrange,anyrange)? (bit,bit)! (bool,bool)! (box,box) (bpchar,bpchar)! (bytea,bytea)! (char,char)! (cid,cid)! (circle,circle) (date,date)! (date,timestamp)! (date,timestamptz)! (float4,float4)! (float4,float8)! (float8,float4)! (float8,float8)! (inet,inet)! (int2,int2)! (int2,int4)! (int2,int8)! (int4,int2)! (int4,int4)! (int4,int8)! (int8,int2)! (int8,int4)! (int8,int8)! (interval,interval)! (jsonb,jsonb)! (line,line) (lseg,lseg) (macaddr,macaddr)! (macaddr8,macaddr8)! (money,money)! (name,name)! (name,text)! (numeric,numeric)! (oid,oid)! (oidvector,oidvector)! (path,path) (pg_lsn,pg_lsn)! (record,record) (text,name)! (text,text)! (tid,tid)! (time,time)! (timestamp,date)! (timestamp,timestamp)! (timestamp,timestamptz)! (timestamptz,date)! (timestamptz,timestamp)! (timestamptz,timestamptz)! (timetz,timetz)! (tsquery,tsquery)! (tsvector,tsvector)! (uuid,uuid)! (varbit,varbit)! (xid,int4)! (xid,xid)! (xid8,xid8)!
> (anyarray,anyarray)? (anyenum,anyenum)! (anymultirange,anymultirange)? (anyrange,anyrange)? (bit,bit)! (bool,bool)! (box,box) (bpchar,bpchar)! (bytea,bytea)! (char,char)! (circle,circle) (date,date)! (date,timestamp)! (date,timestamptz)! (float4,float4)! (float4,float8)! (float8,float4)! (float8,float8)! (inet,inet)! (int2,int2)! (int2,int4)! (int2,int8)! (int4,int2)! (int4,int4)! (int4,int8)! (int8,int2)! (int8,int4)! (int8,int8)! (interval,interval)! (jsonb,jsonb)! (lseg,lseg) (macaddr,macaddr)! (macaddr8,macaddr8)! (money,money)! (name,name)! (name,text)! (numeric,numeric)! (oid,oid)! (oidvector,oidvector)! (path,path) (pg_lsn,pg_lsn)! (record,record) (text,name)! (text,text)! (tid,tid)! (time,time)! (timestamp,date)! (timestamp,timestamp)! (timestamp,timestamptz)! (timestamptz,date)! (timestamptz,timestamp)! (timestamptz,timestamptz)! (timetz,timetz)! (tsquery,tsquery)! (tsvector,tsvector)! (uuid,uuid)! (varbit,varbit)! (xid8,xid8)!
>= (anyarray,anyarray)? (anyenum,anyenum)! (anymultirange,anymultirange)? (anyrange,anyrange)? (bit,bit)! (bool,bool)! (box,box) (bpchar,bpchar)! (bytea,bytea)! (char,char)! (circle,circle) (date,date)! (date,timestamp)! (date,timestamptz)! (float4,float4)! (float4,float8)! (float8,float4)! (float8,float8)! (inet,inet)! (int2,int2)! (int2,int4)! (int2,int8)! (int4,int2)! (int4,int4)! (int4,int8)! (int8,int2)! (int8,int4)! (int8,int8)! (interval,interval)! (jsonb,jsonb)! (lseg,lseg) (macaddr,macaddr)! (macaddr8,macaddr8)! (money,money)! (name,name)! (name,text)! (numeric,numeric)! (oid,oid)! (oidvector,oidvector)! (path,path) (pg_lsn,pg_lsn)! (record,record) (text,name)! (text,text)! (tid,tid)! (time,time)! (timestamp,date)! (timestamp,timestamp)! (timestamp,timestamptz)! (timestamptz,date)! (timestamptz,timestamp)! (timestamptz,timestamptz)! (timetz,timetz)! (tsquery,tsquery)! (tsvector,tsvector)! (uuid,uuid)! (varbit,varbit)! (xid8,xid8)!
>> (anymultirange,anymultirange) (anymultirange,anyrange) (anyrange,anymultirange) (anyrange,anyrange)? (bit,int4) (box,box) (circle,circle) (inet,inet)! (int2,int4)! (int4,int4)! (int8,int4)! (point,point) (polygon,polygon)
>>= (inet,inet)!
>^ (box,box) (point,point)
? (jsonb,text)!
?# (box,box) (line,box) (line,line) (lseg,box) (lseg,line) (lseg,lseg) (path,path)
?& (jsonb,_text)!
?- (,line) (,lseg) (point,point)
?-| (line,line) (lseg,lseg)
?| (,line) (,lseg) (jsonb,_text)! (point,point)
?|| (line,line) (lseg,lseg)
@ (,float4)! (,float8)! (,int2) (,int4) (,int8) (,numeric)!
@-@ (,lseg) (,path)
@> (_aclitem,aclitem) (anyarray,anyarray)? (anymultirange,anyelement)? (anymultirange,anymultirange)? (anymultirange,anyrange)? (anyrange,anyelement)? (anyrange,anymultirange)? (anyrange,anyrange)? (box,box) (box,point) (circle,circle) (circle,point) (jsonb,jsonb)! (path,point) (polygon,point) (polygon,polygon) (tsquery,tsquery)
@? (jsonb,jsonpath)
@@ (,box) (,circle) (,lseg) (,polygon) (jsonb,jsonpath) (text,text) (text,tsquery) (tsquery,tsvector) (tsvector,tsquery)
@@@ (tsquery,tsvector) (tsvector,tsquery)
^ (float8,float8) (numeric,numeric)
^@ (text,text)!
| (bit,bit) (inet,inet) (int2,int2)! (int4,int4)! (int8,int8)! (macaddr,macaddr) (macaddr8,macaddr8)
|&> (box,box) (circle,circle) (polygon,polygon)
|/ (,float8)
|>> (box,box) (circle,circle) (point,point) (polygon,polygon)
|| (anycompatible,anycompatiblearray) (anycompatiblearray,anycompatible) (anycompatiblearray,anycompatiblearray) (anynonarray,text) (bytea,bytea) (jsonb,jsonb) (text,anynonarray) (text,text) (tsquery,tsquery) (tsvector,tsvector) (varbit,varbit)
||/ (,float8)
~ (,bit) (,inet) (,int2)! (,int4)! (,int8)! (,macaddr) (,macaddr8) (bpchar,text) (name,text) (text,text)
~* (bpchar,text) (name,text) (text,text)
~<=~ (bpchar,bpchar)! (text,text)!
~<~ (bpchar,bpchar)! (text,text)!
~= (box,box) (circle,circle) (point,point) (polygon,polygon)
~>=~ (bpchar,bpchar)! (text,text)!
~>~ (bpchar,bpchar)! (text,text)!
~~ (bpchar,text)~ (bytea,bytea)~ (name,text)~ (text,text)~
~~* (bpchar,text)~ (name,text)~ (text,text)~
`;

/** What is known of one reviewed operator. */
export type Totality = 'total' | 'built-in-operands' | 'safe-pattern' | 'partial';

const marks: Readonly<Record<string, Totality>> = {
  '!': 'total',
  '?': 'built-in-operands',
  '~': 'safe-pattern',
};

function readLine(line: string): [string, ReadonlyMap<string, Totality>] {
  const [name = '', ...signatures] = line.split(' ');
  return [name, new Map(signatures.map(readSignature))];
}

function readSignature(text: string): [string, Totality] {
  const mark = marks[text.at(-1) ?? ''];
  return [text.slice(1, mark === undefined ? -1 : -2), mark ?? 'partial'];
}

const reviewed: ReadonlyMap<string, ReadonlyMap<string, Totality>> = new Map(
  OPERATORS.trim().split('\n').map(readLine),
);

/** Signatures of an operator's name that were reviewed, or undefined. */
export function findReviewedOperator(name: string): ReadonlyMap<string, Totality> | undefined {
  return reviewed.get(name);
}

/** Names of all reviewed operators. */
export function reviewedOperatorNames(): readonly string[] {
  return [...reviewed.keys()];
}
