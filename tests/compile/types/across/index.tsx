import Database, { Cache as Store } from './constructs';
import * as parts from './constructs';
import { Layer } from './layer';
export default function App() {
  return (
    <>
      <Database engine="postgres" />
      <Store />
      <parts.Cache size={1} sise={2} />
      <Layer env="prd" />
      <parts.Missing />
    </>
  );
}
// error: C2001 7:8
// error: C2001 8:8
// error: C2003 9:29
// error: C2014 10:14
// error: C0222 11:14
