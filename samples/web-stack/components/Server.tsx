import { useInstance, useOutput, useState } from 'creact';
import { LocalFile } from 'creact/local';
import { LocalProcess } from 'creact/process';

/** A web server over `directory`, and an .env file that tells other programs where it answers. */
export function Server({ directory, port }: { directory: string; port: number }) {
  const [url, setUrl] = useState<string>();

  const server = useInstance(LocalProcess, {
    key: 'http',
    command: ['python3', '-u', '-m', 'http.server', String(port), '--bind', '127.0.0.1', '--directory', directory],
    port,
    ready: { port, timeoutMs: 10000 },
    stopTimeoutMs: 2000,
  });
  if (server.outputs?.url && !url) setUrl(server.outputs.url);

  useOutput('url', url);
  return <LocalFile key="env" path=".env" mode="0600" content={`SITE_URL=${url}\nSITE_PORT=${server.outputs.port}\n`} />;
}
