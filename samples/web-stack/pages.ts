// What the site says. Change a text, compile, and the plan is one update.

export interface Page {
  file: string;
  title: string;
  paragraphs: string[];
}

export const pages: Page[] = [
  {
    file: 'index.html',
    title: 'Welcome',
    paragraphs: ['This page was written by a deploy binary.', 'So was the server that sent it to you started by one.'],
  },
  {
    file: 'about.html',
    title: 'About',
    paragraphs: ['Pages are LocalFile resources, the server is a LocalProcess & all of it is TSX.'],
  },
];

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, character => entities[character] ?? character);
}

export function renderPage({ title, paragraphs }: Page): string {
  const menu = pages.map(page => `<a href="/${page.file}">${escapeHtml(page.title)}</a>`).join(' | ');
  const body = paragraphs.map(text => `  <p>${escapeHtml(text)}</p>`).join('\n');
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>
<body>
  <nav>${menu}</nav>
  <h1>${escapeHtml(title)}</h1>
${body}
</body>
</html>
`;
}
