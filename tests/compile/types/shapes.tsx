import { useInstance } from 'creact';
class Db { constructor(public props: { name: string; port: number; size?: 'small' | 'big' }) {} declare outputs: { host: string; url: string }; }
function A() {
  const a = useInstance(Db, { key: 'x' });
  const b = useInstance(Db, { key: 'x', name: 'a', port: 1, prot: 2 });
  const c = useInstance(Db, { key: 'x', name: 'a', port: '1' });
  const d = useInstance(Db, { key: 'x', name: 'a', port: 1, size: 'huge' });
  const z = useInstance(Db, { key: 'x', nam: 'a', port: 1 });
  const y = useInstance(Db, { name: 'a' });
  console.log(d.outputs.hots, d.outputs.foo, d.output);
  return <><Db key="a"/><Db key="b" name="a"/><Db name="a" port={1} prot={2}/><Db name="a" port="1"/><Db name={1} port={1}/><Db name="x" port={1} size="huge"/><Db nam="a" port={1}/></>;
}
function F(props: { name: string }) { return null }
function G() { return null }
function H({ children }: { children: any }) { return null }
function B() {
  return <>
    <F/>
    <F name="x">text</F>
    <F nam="x"/>
    <F name="x" other/>
    <G a="1"/>
    <G>text</G>
    <H/>
    <H>a</H>
    <F name="x" data-x="1" data_y="2"/>
    <F {...{ name: 'x' }}/>
    <F {...{ other: 'x' }}/>
    <F key={1} name="x"/>
    <F key name="x"/>
    <F ref="1" name="x"/>
  </>;
}
interface Deep { a: { b: string; c?: number }; list: string[]; cb: () => void }
class K { constructor(public props: Deep) {} }
function C() {
  useInstance(K, { key: 'k', a: { b: 1 }, list: [], cb: () => {} });
  useInstance(K, { key: 'k', a: { b: 'x', d: 1 }, list: [1], cb: 'x' });
  useInstance(K, { key: 'k', a: {}, list: 'x', cb() {} });
  return <K a={{ b: 'x', d: 1 }} list={['x', 2]} cb={() => 3}/>;
}
function D() {
  return <K a={{ }} list={'x'} cb={3}/>;
}
// error: C2011 4:29
// error: C2004 5:61
// error: C2005 6:52
// error: C2005 7:61
// error: C2009 8:41
// error: C2010 9:29
// error: C2006 10:25
// error: C2006 10:41
// error: C2013 10:48
// error: C2002 11:13
// error: C2001 11:26
// error: C2003 11:69
// error: C2005 11:92
// error: C2005 11:106
// error: C2005 11:147
// error: C2003 11:164
// error: C2001 18:6
// error: C2007 19:6
// error: C2003 20:8
// error: C2003 21:17
// error: C2003 22:8
// error: C2008 23:6
// error: C2001 24:6
// error: C2003 26:28
// error: C2001 28:6
// error: C2005 30:8
// error: C2003 31:8
// error: C2005 37:35
// error: C2004 38:43
// error: C2005 38:58
// error: C2005 38:62
// error: C2001 39:30
// error: C2005 39:37
// error: C2004 40:26
// error: C2005 40:46
// error: C2001 43:13
// error: C2005 43:21
// error: C2005 43:32
