// The script of the report: live figures in the colours and width of the page, and tables that sort. It runs nothing
// from text and fetches nothing.
(() => {
  'use strict';
  const { specs, themes } = JSON.parse(document.getElementById('data').textContent);
  const dark = matchMedia('(prefers-color-scheme: dark)');

  /** Visits every object inside a specification. */
  function visit(value, see) {
    if (typeof value !== 'object' || value === null) return;
    if (!Array.isArray(value)) see(value);
    for (const [key, inner] of Object.entries(value)) if (key !== 'values') visit(inner, see);
  }

  /** The panels whose width can be set: those of a concatenation, or the only one. */
  const panelsOf = (spec) => (spec.concat ?? [spec]).filter((panel) => typeof panel.width === 'number');

  /**
   * A copy of a specification for the width of the page, with legends that fit. Panels stand in all their columns or in one: any other
   * number would tear apart what stands together, unless the figure names it as `narrow`. A grid whose columns mean something keeps them, and
   * scrolls in its box.
   */
  function arranged(original, width) {
    const spec = structuredClone(original);
    const { columns = 1, minPanelWidth = 240, grid = false, narrow = 1 } = spec.usermeta ?? {};
    if (spec.concat) spec.columns = grid || width >= columns * (minPanelWidth + 70) ? columns : narrow;
    visit(spec, (object) => {
      if (object.legend && object.legend.columns) {
        object.legend.columns = Math.max(1, Math.min(object.legend.columns, Math.floor(width / 150)));
      }
    });
    return spec;
  }

  async function show(place, name) {
    const width = place.clientWidth;
    const spec = arranged(specs[name], width);
    const options = {
      ast: true,
      renderer: 'svg',
      actions: { export: true, source: false, compiled: false, editor: false },
      config: dark.matches ? themes.dark : themes.light,
      tooltip: { theme: dark.matches ? 'dark' : 'light' },
      downloadFileName: name,
    };
    // How much axes and legends need shows only once drawn: draw, measure, and draw again with what is left.
    for (let attempt = 0; attempt < 3; attempt++) {
      const { view } = await vegaEmbed(place, spec, options);
      const panels = panelsOf(spec);
      const drawn = place.querySelector('svg.marks, .chart-wrapper svg, svg').getBoundingClientRect().width;
      // Two pixels less, since axes may need one more than they did.
      const spare = Math.floor((width - drawn - 2) / (spec.concat ? spec.columns : 1));
      const least = spec.usermeta?.minPanelWidth ?? 240;
      const wanted = panels.map((panel) => Math.max(least, panel.width + spare));
      if (attempt > 1 || panels.every((panel, i) => Math.abs(panel.width - wanted[i]) < 2)) {
        place.view = view;
        break;
      }
      view.finalize();
      panels.forEach((panel, i) => {
        // An image keeps its shape.
        if (spec.usermeta?.keepAspect) panel.height = Math.round((panel.height * wanted[i]) / panel.width);
        panel.width = wanted[i];
      });
    }
    place.closest('figure').classList.add('is-live');
  }

  const places = [...document.querySelectorAll('[data-figure]')];
  const widths = new Map();

  async function showAll() {
    for (const place of places) {
      widths.set(place, place.clientWidth);
      place.view?.finalize();
      // A figure that fails leaves its still picture in place.
      await show(place, place.dataset.figure).catch((error) => {
        place.textContent = '';
        place.closest('figure').classList.remove('is-live');
        window.console.error(place.dataset.figure, error);
      });
    }
    document.documentElement.dataset.figures = 'shown';
  }

  let waiting;
  function again() {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(showAll, 150);
  }

  if (places.length > 0 && window.vegaEmbed) {
    showAll();
    dark.addEventListener('change', again);
    const watcher = new ResizeObserver(() => {
      if (
        places.some((place) => place.clientWidth > 0 && Math.abs(place.clientWidth - widths.get(place)) > 8)
      )
        again();
    });
    watcher.observe(document.querySelector('.page'));
  }

  /** Numbers by size, words by name, empty cells last whichever way. */
  function compare(a, b) {
    const [x, y] = [Number(a), Number(b)];
    return Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b, 'en', { numeric: true }) : x - y;
  }

  // The contents are beside the text where there is room, and a bar that unfolds where there is not.
  const nav = document.querySelector('.contents details');
  const wide = matchMedia('(min-width: 70.01rem)');
  const fold = () => (nav.open = wide.matches);
  fold();
  wide.addEventListener('change', fold);
  nav.addEventListener('click', (event) => {
    if (event.target.closest('a')) fold();
  });

  /** Marks the entry of the section that is being read. */
  const links = new Map(
    [...nav.querySelectorAll('a')].map((link) => [link.getAttribute('href').slice(1), link]),
  );
  const read = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        for (const link of links.values()) link.removeAttribute('aria-current');
        links.get(target.id)?.setAttribute('aria-current', 'true');
      }
    },
    { rootMargin: '-10% 0px -80% 0px' },
  );
  for (const id of links.keys()) {
    const section = document.getElementById(id);
    if (section) read.observe(section);
  }

  // A link to what is inside a folded table unfolds it.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
    for (let place = target; place; place = place.parentElement) {
      if (place.tagName === 'DETAILS') place.open = true;
    }
  };
  window.addEventListener('hashchange', reveal);
  reveal();

  for (const table of document.querySelectorAll('table.data')) {
    const headers = [...table.tHead.rows[0].cells];
    headers.forEach((header, column) => {
      header.querySelector('button').addEventListener('click', () => {
        const descending = header.getAttribute('aria-sort') === 'ascending';
        for (const other of headers) other.setAttribute('aria-sort', 'none');
        header.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
        const body = table.tBodies[0];
        const rows = [...body.rows].map((row) => ({ row, order: row.cells[column].dataset.order }));
        rows.sort((a, b) => {
          if (a.order === undefined || b.order === undefined)
            return (a.order === undefined) - (b.order === undefined);
          return descending ? compare(b.order, a.order) : compare(a.order, b.order);
        });
        body.append(...rows.map(({ row }) => row));
      });
    });
  }
})();
