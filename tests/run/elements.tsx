// JSX: what an element holds. Not comparable with Node: elements are the runtime's own.
import { Fragment } from 'creact';
// node: no
const Box = (props: any) => props.children;
const show = (e: any): string => e === null || typeof e !== 'object' ? JSON.stringify(e) ?? 'undefined'
  : Array.isArray(e) ? '[' + e.map(show).join(',') + ']'
  : e.type ? `<${e.type === Fragment ? '' : e.type.name}${e.key === undefined || e.key === null ? '' : '#' + e.key} ${show(e.props)}>`
  : '{' + Object.keys(e).map(k => k + ':' + show(e[k])).join(',') + '}';
const n: number = [1].length;
console.log(show(<Box />));
console.log(show(<Box key="k" a="text" b={n} c d={{ x: [1] }}>child</Box>));
console.log(show(<Box>{n}{'b'}{null}{false}</Box>));
console.log(show(<>a<Box /></>));
const spread = { a: 1, key: 'from-spread' };
console.log(show(<Box {...spread} a={2} />), show(<Box a={0} {...spread} key="own" />), show(<Box key="lost" {...spread} />));
console.log(show(<Box>{[1, 2].map(i => <Box key={i} />)}</Box>));
console.log(show(<Box f={(() => 1) as any && 1}>{...[1, 2]}</Box>));
// expect: <Box {}>
// expect: <Box#k {a:"text",b:1,c:true,d:{x:[1]},children:"child"}>
// expect: <Box {children:[1,"b",null,false]}>
// expect: < {children:["a",<Box {}>]}>
// expect: <Box#from-spread {a:2}> <Box#own {a:1}> <Box#from-spread {a:1}>
// expect: <Box {children:[<Box#1 {}>,<Box#2 {}>]}>
// expect: <Box {f:1,children:[1,2]}>
