// A small site that really runs: files, a web server, and an .env file with the server's address.
import { CReact, ProviderRouter, useInstance } from 'creact';
import { LocalDirectory, LocalProvider } from 'creact/local';
import { ProcessProvider } from 'creact/process';
import { Pages } from './components/Pages';
import { Server } from './components/Server';

CReact.provider = new ProviderRouter()
  .register(/^LocalProcess$/, new ProcessProvider())
  .register(/^Local/, new LocalProvider());

function WebStack() {
  const site = useInstance(LocalDirectory, { key: 'site', path: 'site' });
  // Whoever is given the folder's path as its output waits for the folder.
  const directory = site.outputs.path;
  return (
    <>
      <Pages directory={directory} apiUrl={process.env.API_URL ?? '/api'} />
      <Server directory={directory} port={Number(process.env.PORT ?? '8080')} />
    </>
  );
}

await CReact.renderCloudDOM(<WebStack />, 'web-stack');
