import { CReact } from 'creact';
import { LocalFile } from 'creact/local';
import { motd } from './motd';

function Site() {
  return <LocalFile key="motd" path="motd.txt" content={motd} />;
}

await CReact.renderCloudDOM(<Site />, 'make-sample');
