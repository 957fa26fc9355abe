// A little of everything that code generation treats in its own way; see golden/code.sh.
import { createContext, useContext, useInstance } from 'creact';

class Bucket {
  constructor(public props: { name: string; tags?: string[] }) {}
  declare outputs: { arn: string };
}

export const Region = createContext('eu');
export const label = (name: string, suffix = 'x') => `${name}-${suffix}`;

function Storage({ names }: { names: string[] }) {
  const region = useContext(Region);
  const bucket = useInstance(Bucket, { key: 'main', name: label(names[0]), tags: ['a', region] });
  let count = 0;
  for (const name of names) {
    if (name === 'skip') continue;
    count += 1;
  }
  const show = () => count;
  try {
    return bucket.outputs?.arn && count > 1 ? <Bucket key="index" name="index" tags={['static']} /> : null;
  } finally {
    console.log(show());
  }
}

export default function App() {
  return (
    <>
      <Storage names={['one', 'two']} />
      <Bucket key="plain" name={label('é\u{1F600}?', 'end')} />
      text
    </>
  );
}
