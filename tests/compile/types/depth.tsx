// Nested deeper than TYPE_DEPTH_MAX, values are not followed.
// differs from tsc: it has no such limit here
import { useInstance } from 'creact';
class Deep30 { constructor(public props: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: number } } } } } } } } } } } } } } } } } } } } } } } } } } } } } }) {} }
class Deep60 { constructor(public props: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: number } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } }) {} }
export function App() {
  useInstance(Deep30, { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: 'x' } } } } } } } } } } } } } } } } } } } } } } } } } } } } } });
  useInstance(Deep60, { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: { n: 'x' } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } });
  return null;
}
// error: C2005 7:170
