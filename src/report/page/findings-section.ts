import type { Finding } from '../finding.ts';
import { prose } from './html.ts';

/** What is reported elsewhere, and beside it what the rows of this run say. */
export function findingsSection(findings: readonly Finding[]): string {
  if (findings.length === 0) return '';
  const rows = findings.map(({ reported, source, where, found, otherwise }) => {
    const place = where === undefined ? '' : `<p>${prose(where)}</p>`;
    const said =
      found.length > 0
        ? `<ul>${found.map((sentence) => `<li>${prose(sentence)}</li>`).join('')}</ul>`
        : `<p class="nothing">${prose(otherwise)}</p>`;
    return `<tr><td><p>${prose(reported)}</p><p class="source">${prose(source)}</p></td><td>${place}${said}</td></tr>`;
  });
  return `<section id="findings"><h2>The paper reports, this run found</h2>
<table class="findings"><thead><tr><th scope="col">Reported</th><th scope="col">This run</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></section>`;
}
