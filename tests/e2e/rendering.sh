#!/bin/sh
# What components can rely on, in a compiled program: waiting for values, state across runs, effects, contexts.
. "$(dirname "$0")/lib.sh"
cat >app.tsx <<'TSX'
import {
  CReact, useInstance, useState, useContext, createContext, useEffect, createStore, useOutput, useMemo, ProviderRouter,
  MockCloudProvider,
} from 'creact';

class Database {
  constructor(public props: { size: number }) {}
  declare outputs: { url: string; port: number };
  static mockOutputs(props: { size: number }) {
    return { url: `db-${props.size}:5432`, port: 5432 };
  }
}
class Service {
  constructor(public props: { url?: string; env?: Record<string, string>; count?: number; port?: number }) {}
  declare outputs: { id: string };
}

const Url = createContext('none');

// Outputs are shared the way React users share state: set while rendering, passed on through a context.
function Data({ children }: { children?: any }) {
  const db = useInstance(Database, { key: 'db', size: Number(process.env.SIZE ?? '10') });
  const [url, setUrl] = useState('');
  if (db.outputs?.url && !url) setUrl(db.outputs.url);
  useOutput('url', url);
  return <Url.Provider value={url}>{children}</Url.Provider>;
}

function Api() {
  const url = useContext(Url);
  const full = useMemo(() => `postgres://${url}/app`, [url]);
  useInstance(Service, { key: 'api', url: full, env: { HOST: url.split(':')[0]! } });
  const [starts, setStarts] = useState(0);
  const [total, setTotal] = createStore('total', 0);
  useEffect(() => {
    console.log('effect runs');
    setStarts(n => n + 1);
    setTotal(n => n + 10);
  }, []);
  return (
    <>
      <Service key="counter" count={starts + total} />
      <Url.Consumer>{value => <Service key="consumer" url={value} />}</Url.Consumer>
    </>
  );
}

// Comparing needs the value itself: the rest of this component waits for it.
function Sized() {
  const db = useInstance(Database, { key: 'sized', size: 3 });
  if (db.outputs.port > 5000) return <Service key="big" port={db.outputs.port} />;
  return <Service key="small" />;
}

function App() {
  return (
    <>
      <Data>
        <Api />
      </Data>
      <Sized />
    </>
  );
}

CReact.provider = new ProviderRouter().register(/^Data/, new MockCloudProvider()).register(/.*/, new MockCloudProvider());
const dom = await CReact.renderCloudDOM(<App />, 'rendering');
console.log(`${dom.nodes.length} nodes`);
TSX
compile app.tsx -o app

# The first plan is complete but for what waits, and says for what.
plan ./app
holds 'actions == ["create App/Data/Api/api", "create App/Data/Api/consumer", "create App/Data/Api/counter", "create App/Data/db", "create App/Sized/sized"]'
holds 'needs("App/Data/Api/api") == {"App/Data/db"} and needs("App/Data/Api/consumer") == {"App/Data/db"}'
holds 'len(p["deferred"]) == 1 and p["deferred"][0]["address"] == "App/Sized"'
must ./app plan
says '(known after deployment: postgres://${App/Data/db.url}/app)'
says 'App/Sized waits for ${App/Sized/sized.port}'

# A deployment goes on with what comes to light: the part that waited, and the state that effects set.
must ./app deploy --auto-approve
says 'App/Sized/big (Service) created'
says 'effect runs'
says '6 nodes'
must ./app state show App/Data/Api/counter
says '11'

# The next run starts from there: state, store and the effect's dependencies are recorded.
must ./app deploy --auto-approve
keeps_quiet_about 'effect runs'
status 0 ./app plan --detailed-exitcode

# State that was derived from an output is not what is recorded: a removed and remade database has its own.
must ./app destroy --auto-approve
SIZE=20 must ./app deploy --auto-approve
must ./app output url
says 'db-20:5432'

# A renamed component keeps its resources and its state.
sed -i 's/\bData\b/DataTier/g; s/DataTierbase/Database/g; s/\^DataTier/^Data/' app.tsx
compile app.tsx -o app
SIZE=20 plan ./app
holds 'len(changes) == 4 and all(c["action"] == "move" for c in changes)'
SIZE=20 must ./app deploy --auto-approve
keeps_quiet_about 'effect runs'
SIZE=20 status 0 ./app plan --detailed-exitcode
finish
