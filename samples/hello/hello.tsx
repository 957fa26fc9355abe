// A folder and a file in it. No settings: state goes to .creact/state, and 'creact/local' brings its provider along.
import { CReact, useInstance, useOutput } from 'creact';
import { LocalDirectory, LocalFile } from 'creact/local';

function Greeting({ name }: { name: string }) {
  const file = useInstance(LocalFile, {
    key: 'greeting',
    path: 'greetings/hello.txt',
    content: `Hello, ${name}!\n`,
  });
  useOutput('greeting', file.outputs.path);
  return null;
}

function Hello() {
  return (
    <LocalDirectory key="folder" path="greetings">
      <Greeting name={process.env.HELLO_NAME ?? 'world'} />
    </LocalDirectory>
  );
}

await CReact.renderCloudDOM(<Hello />, 'hello');
