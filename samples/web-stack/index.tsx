// A small site that really runs: files, a web server, and an .env file with the server's address.
import { CReact, ProviderRouter } from 'creact';
import { LocalProvider } from 'creact/local';
import { ProcessProvider } from 'creact/process';
import { Server } from './components/Server';
import { Site } from './components/Site';

CReact.provider = new ProviderRouter()
  .register(/^LocalProcess$/, new ProcessProvider())
  .register(/^Local/, new LocalProvider());

function WebStack() {
  const port = Number(process.env.PORT ?? '8080');
  return (
    <>
      <Site directory="site" apiUrl={process.env.API_URL ?? '/api'} />
      <Server directory="site" port={port} />
    </>
  );
}

await CReact.renderCloudDOM(<WebStack />, 'web-stack');
