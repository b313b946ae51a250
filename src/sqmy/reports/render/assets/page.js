"use strict";
// Sorting and searching, on this page alone: nothing is fetched, nothing is kept.
(() => {
  const LONG = 15; // rows from which a page is worth searching
  const NAMED = /单位|姓名|名称|标题|信息/; // what is looked for is a name
  const PLACES = /名次|序号|排名/; // columns that are read from 1 on
  const collator = new Intl.Collator("zh-CN", { numeric: true });

  const shown = (row, column) => (row.cells[column] ? row.cells[column].textContent.trim() : "");
  const figure = (text) => (/^[+-]?[\d,]*\.?\d+%?$/.test(text) ? parseFloat(text.replace(/,/g, "")) : NaN);
  const rowsOf = (body) => [...body.rows].filter((row) => !row.querySelector("[scope=rowgroup]"));

  function compare(a, b, sign) {
    const [x, y] = [figure(a), figure(b)];
    if (Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? 1 : -1; // figures go first
    return sign * (Number.isNaN(x) ? collator.compare(a, b) : x - y);
  }

  function sort(table, heading, column) {
    const bodies = [...table.tBodies];
    const figures = bodies.flatMap(rowsOf).some((row) => !Number.isNaN(figure(shown(row, column))));
    const first = figures && !PLACES.test(heading.textContent) ? "descending" : "ascending";
    const second = first === "descending" ? "ascending" : "descending";
    const now = heading.getAttribute("aria-sort");
    const next = now === first ? second : now === second ? null : first; // the third time: as it was
    for (const other of table.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort");
    if (next) heading.setAttribute("aria-sort", next);
    const sign = next === "descending" ? -1 : 1;
    for (const body of bodies) {
      const rows = rowsOf(body);
      rows.sort((a, b) =>
        (next && compare(shown(a, column), shown(b, column), sign)) || a.place - b.place);
      body.append(...rows);
    }
  }

  function makeSortable(table) {
    const headings = [...table.querySelectorAll("thead th[data-column]")];
    for (const body of table.tBodies) rowsOf(body).forEach((row, place) => { row.place = place; });
    for (const heading of headings) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      button.title = "排序";
      heading.append(button);
      button.addEventListener("click", () => sort(table, heading, Number(heading.dataset.column)));
    }
  }

  function search(tables, words, told) {
    let found = 0;
    for (const table of tables) {
      for (const body of table.tBodies) {
        let kept = 0;
        for (const row of rowsOf(body)) {
          const text = body.dataset.group + row.textContent.toLowerCase();
          row.hidden = !words.every((word) => text.includes(word));
          kept += row.hidden ? 0 : 1;
        }
        for (const row of body.querySelectorAll("[scope=rowgroup]")) row.parentElement.hidden = !kept;
        found += kept;
      }
      if (table.tFoot) table.tFoot.hidden = words.length > 0; // totals are of all rows
    }
    told.textContent = words.length ? `找到 ${found} 行` : "";
  }

  function makeSearchable(tables) {
    for (const table of tables) {
      for (const body of table.tBodies) {
        const group = body.querySelector("[scope=rowgroup]");
        body.dataset.group = group ? group.textContent.toLowerCase() : "";
      }
    }
    const form = document.createElement("form");
    form.className = "search";
    form.setAttribute("role", "search");
    form.innerHTML = '<label for="search">查找</label>'
      + '<input id="search" type="search" autocomplete="off" placeholder="姓名、单位、题目……">'
      + '<output for="search" role="status"></output>';
    const [, input, told] = form.children;
    const look = () => search(tables, input.value.toLowerCase().split(/\s+/).filter(Boolean), told);
    input.addEventListener("input", look);
    form.addEventListener("submit", (event) => { event.preventDefault(); look(); });
    const before = document.querySelector("main > nav, main > section, main .box");
    before.before(form);
  }

  const tables = [...document.querySelectorAll("table.list")];
  tables.filter((table) => [...table.tBodies].flatMap(rowsOf).length > 1).forEach(makeSortable);
  const named = tables.filter((table) => table.tHead && NAMED.test(table.tHead.textContent));
  if (named.flatMap((table) => [...table.tBodies]).flatMap(rowsOf).length > LONG) makeSearchable(named);
})();
