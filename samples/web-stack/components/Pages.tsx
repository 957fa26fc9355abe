import { LocalFile } from 'creact/local';
import { pages, renderPage } from '../pages';

/** The files that the server sends: a page for each entry of pages.ts, and the settings that scripts read. */
export function Pages({ directory, apiUrl }: { directory: string; apiUrl: string }) {
  const settings = { apiUrl, pages: pages.map(page => page.file) };
  return (
    <>
      {pages.map(page => (
        <LocalFile key={page.file} path={`${directory}/${page.file}`} content={renderPage(page)} />
      ))}
      <LocalFile key="config.json" path={`${directory}/config.json`} content={JSON.stringify(settings, null, 2)} />
    </>
  );
}
