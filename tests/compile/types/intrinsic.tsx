// There are no built-in elements as in a browser.
// differs from tsc: it reports the closing tag too, and that such a type cannot be a component
// error: C2017 9:5
// error: C2017 12:5
import { LocalFile } from 'creact/local';

export const Page = () => (
  <>
    <div>
      <LocalFile key="a" path="a.txt" />
    </div>
    <local-file />
  </>
);
