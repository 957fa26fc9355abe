import * as creact from 'creact';
import { createContext, useInstance, type CReactNode, type FC } from 'creact';
import { LocalFile as File } from 'creact/local';

interface Named { name: string }
interface Sized extends Named { size: 'small' | 'big'; level?: 1 | 2 }
type Both = Sized & { port: number };
class Service { constructor(public props: Both) {} declare outputs: { url: string; zone: { id: string } }; }
class Derived extends Service {}
class Strict { constructor(public readonly props: Required<Partial<Named>> & Pick<Both, 'port'>) {} }
class Kept { constructor(public props: Omit<Both, 'size' | 'level'>) {} }
class Records { constructor(public props: { by: Record<'a' | 'b', number>; list: Array<string>; on: boolean }) {} }
class Field { props!: { a: string }; constructor(a: string) {} }
const Ctx = createContext<{ region: string }>({ region: 'x' });
const Card: FC<{ title: string }> = ({ title }) => null;
const Local = (props: Named) => null;
const fixed: number = 1;
const half = { name: 'x' };
const level = 3;

export function App({ count, label }: { count: number; label?: string }) {
  const service = useInstance(Service, { name: 'a', size: 'bgi', port: 1 });
  useInstance(Derived, { name: 'a', size: 'big' });
  creact.useInstance(Strict, { port: 1 });
  useInstance(Kept, { name: 'a', port: 1, size: 'big' });
  useInstance(Records, { by: { a: 1 }, list: ['a'], on: true });
  useInstance(Records, { by: { a: 1, b: '2' }, list: ['a', 1], on: 'yes' });
  useInstance(Service, { ...half, size: 'big' });
  useInstance(Service, { name: count, size: 'small', port: `${count}` });
  useInstance(Service, { name: 'a' + count, size: 'small', port: count > 1 });
  useInstance(Service, { name: 'a', size: 'small', port: 1, level });
  useInstance(Service, { name: 'a', size: 'small', port: () => 1 });
  useInstance(Service, { name: 'a', size: 'small', port: [1] });
  useInstance(Service, { name: service, size: 'small', port: 1 });
  useInstance(Service, { key: true, name: 'a', size: 'small', port: 1 });
  console.log(service.outputs.ulr, service.outputs.zone.ids, service.output.url, service.outputs!.zone?.name);
  return (
    <>
      <Ctx.Provider>text</Ctx.Provider>
      <Ctx.Provider valeu={{ region: 'x' }} />
      <Ctx.Provider value={{ regoin: 'x' }} />
      <Card />
      <Card title={1} />
      <Card title="x">child</Card>
      <Local name={fixed} />
      <Local nome="x" />
      <File path="x" contents="y" />
      <File content="y" />
      <creact.Fragment kye="x" />
      <Service name={label!} size="small" port={fixed} lvel={1} />
      <Service {...half} size="big" />
      <Service {...half} size={'tiny'} port={-1} />
      <Service name="x" size="small" port={!count} />
      <Field a={1} />
      <Service name={{}} size="small" port={1} />
    </>
  );
}
// error: C2005 22:53
// error: C2010 23:24
// error: C2010 24:30
// error: C2004 25:43
// error: C2001 26:26
// error: C2005 27:38
// error: C2005 27:60
// error: C2005 27:64
// error: C2010 28:24
// error: C2005 29:26
// error: C2005 29:54
// error: C2005 30:60
// error: C2005 31:61
// error: C2005 32:58
// error: C2005 33:52
// error: C2005 34:26
// error: C2005 35:26
// error: C2006 36:31
// error: C2006 36:57
// error: C2013 36:70
// error: C2006 36:105
// error: C2001 39:8
// error: C2003 40:21
// error: C2009 41:30
// error: C2001 42:8
// error: C2005 43:13
// error: C2007 44:8
// error: C2005 45:14
// error: C2003 46:14
// error: C2003 47:22
// error: C2001 48:8
// error: C2003 49:24
// error: C2003 50:56
// error: C2001 51:8
// error: C2005 52:26
// error: C2005 53:38
// error: C2005 54:14
// error: C2005 55:16
