import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { escapeHtml } from '../../src/report/page/html.ts';

const test = suite('report: html');

test('text cannot become markup, nor hold what HTML cannot', () => {
  assert.is(escapeHtml(`<b title="x">&'`), '&lt;b title=&quot;x&quot;&gt;&amp;&#39;');
  assert.is(escapeHtml('a\u001b[31mb\u0007'), 'a\\x1b[31mb\\x07');
  assert.is(escapeHtml('f: 10⁻³ mm²/s\n\t'), 'f: 10⁻³ mm²/s\n\t');
});

test.run();
