/* All of this is accepted by tsc, so nothing may be reported. */
import * as creact from 'creact';
import { createContext, Fragment, useContext, useInstance, useState, type CReactNode, type FC, type PropsWithChildren } from 'creact';
import { LocalFile, LocalProvider } from 'creact/local';

type Size = 'small' | 'big';
interface Base { name: string; size?: Size }
interface ServiceProps extends Base { port: number; env?: Record<string, string>; tags?: readonly string[] }
class Service {
  constructor(public props: ServiceProps) {}
  declare outputs: { url: string; nested?: { deep: string } };
  static mockOutputs(props: ServiceProps) { return { url: props.name }; }
}
class Loose { constructor(public props: { [name: string]: unknown; needed: number }) {} declare outputs: Record<string, string>; }
class Generic<T> { constructor(public props: { value: T; list: T[] }) {} declare outputs: { value: T }; }
class Derived extends Service { extra = 1; }
class Extended extends (Service as any) { constructor(public props: { a: number }) { super(); } }
class Defaulted { constructor(public props: { retries?: number; on?: boolean | 'auto' } = {}) {} }
class Callback { constructor(public props: { run: (x: number) => string; either: string | (() => string) | null }) {} }
class Mapped { constructor(public props: { [K in 'a' | 'b']: number }) {} }
class Conditional { constructor(public props: Size extends string ? { x: number } : { y: number }) {} }
class Picked { constructor(public props: Pick<ServiceProps, 'name'> & Partial<Omit<ServiceProps, 'name'>>) {} }
class Tree { constructor(public props: { label: string; children?: Tree['props'][] }) {} }
class Union { constructor(public props: { kind: 'a'; a: number } | { kind: 'b'; b: string }) {} }

const config: { size: Size; port: number } = { size: 'big', port: 80 };
const literal = { size: 'small', port: 1 } as const;
const environment = process.env.STAGE ?? 'dev';
const maybe: string | undefined = process.env.NAME;
const ports = { dev: 1, prod: 2 };
const Ctx = createContext<{ region: string }>({ region: 'x' });
const Untyped = createContext(1);

const Arrow: FC<{ title: string; children?: CReactNode }> = ({ title, children }) => <Fragment key={title}>{children}</Fragment>;
const Inferred = ({ a, b = 2 }: { a: number; b?: number }) => null;
function Children(props: PropsWithChildren<{ x?: number }>) { return <>{props.children}</>; }
function Anything(props: any) { return null; }
function Rest({ name, ...rest }: ServiceProps) { return <Service name={name} {...rest} />; }
function GenericComponent<T>(props: { items: T[]; render: (item: T) => CReactNode }) { return <>{props.items.map(props.render)}</>; }
function NoProps() { return null; }
function Optional(props?: { a?: string }) { return null; }
function Narrowed({ value }: { value: string | number }) {
  if (typeof value !== 'string') return null;
  return <Service name={value} port={1} />;
}
function Assigned(props: { value: string | number }) {
  let { value } = props;
  value = 'x';
  return <Service name={value} port={+value} />;
}

export function App(props: { size: Size; flag?: boolean }) {
  const service = useInstance(Service, { key: 'a', name: 'x', port: 1 });
  const again = creact.useInstance(Service, { key: 1, ...config, name: `n-${environment}` });
  const spread = useInstance(Service, { ...literal, name: 'n', env: { A: '1', 'B-C': `${service.outputs.url}` }, tags: ['a'] });
  const loose = useInstance(Loose, { key: 'l', needed: 1, anything: true, other: [] });
  const generic = useInstance(Generic, { key: 'g', value: 'x', list: [1, 'y'] });
  const typed = useInstance(Generic<string>, { value: 'x', list: ['y'] });
  const derived = useInstance(Derived, { name: 'd', port: 2, size: props.size });
  const extended = useInstance(Extended, { a: 1 });
  const defaulted = useInstance(Defaulted, {});
  const on = useInstance(Defaulted, { on: 'auto', retries: undefined });
  const callback = useInstance(Callback, { run: (x) => String(x), either: null });
  const method = useInstance(Callback, { run(x) { return `${x}`; }, either: () => 'x' });
  const mapped = useInstance(Mapped, { a: 1, b: 2 });
  const conditional = useInstance(Conditional, { x: 1 });
  const picked = useInstance(Picked, { name: 'p', port: 3 });
  const tree = useInstance(Tree, { label: 't', children: [{ label: 'u', children: [] }] });
  const union = useInstance(Union, { kind: 'b', b: 'x' });
  const computed = useInstance(Service, { ['na' + 'me']: 'x', port: 1 } as any);
  const [state, setState] = useState<string>();
  const context = useContext(Ctx);
  const Chosen = props.flag ? Service : Derived;
  if (!state) setState(again.outputs.url);
  console.log(service.outputs.nested?.deep, spread.outputs!.url, derived.extra, derived.outputs.url, loose.outputs.any,
    generic.outputs.value, typed.outputs.value.length, service.props.port.toFixed(), service.toString(), extended.props.a,
    extended.whatever, defaulted.props?.on, on, callback, method, mapped, conditional, picked, tree, union, computed);
  return (
    <Ctx.Provider value={{ region: context.region }}>
      <Untyped.Provider value={2}>text {1} {null}</Untyped.Provider>
      <Service key="s" name={service.outputs.url} port={ports[environment as 'dev']}>
        <LocalFile path="a" content={`x`} mode="0644" />
        <creact.Fragment>more</creact.Fragment>
      </Service>
      <Service name="x" port={Number('1')} size={props.flag ? 'small' : 'big'} data-x="1" aria-label="y" />
      <Service {...{ name: 'x', port: 1 }} />
      <Service {...config} name="x" />
      <Service {...(props as any)} />
      <Service {...(props.flag && { size: 'big' })} name="x" port={1} />
      <Loose needed={1} whatever />
      <Generic value={1} list={[1]} />
      <Defaulted />
      <Chosen name="c" port={1} />
      <Arrow title="x">child</Arrow>
      <Arrow title={maybe!} />
      <Inferred a={1} />
      <Children x={1}>text</Children>
      <Children />
      <Anything a b="c">{() => 1}</Anything>
      <Rest name="r" port={1} key={2} />
      <GenericComponent items={[1, 2]} render={(item) => <Service name={item.toFixed()} port={item} />} />
      <NoProps key="n" />
      <Optional />
      <Optional a="x" />
      <Narrowed value={1} />
      <Assigned value="x" />
      <Ctx.Consumer>{(value) => <Service name={value.region} port={1} />}</Ctx.Consumer>
      <Union kind="a" a={1} />
      {[1, 2].map((n) => <Service key={n} name={`${n}`} port={n} tags={[...['a'], 'b']} env={{ ...{ A: '1' } }} />)}
      {props.flag && <Mapped a={1} b={2} />}
    </Ctx.Provider>
  );
}
export const provider = new LocalProvider();
