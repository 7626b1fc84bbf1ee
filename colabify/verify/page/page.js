"use strict";
// Only niceties: the page reads the same without this script.
(function () {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const themes = all('input[name="theme"]');
  try {
    const kept = themes.find((one) => one.id === localStorage.getItem("colabify-theme"));
    if (kept) kept.checked = true;
  } catch { /* a browser may keep nothing for files */ }
  for (const one of themes) {
    one.addEventListener("change", () => {
      try { localStorage.setItem("colabify-theme", one.id); } catch { /* as above */ }
    });
  }

  for (const one of all(".search, .buttons")) one.hidden = false;
  const find = document.getElementById("find");
  const empty = document.querySelector(".empty");
  find.addEventListener("input", () => {
    const words = find.value.toLowerCase().split(/\s+/);
    let left = 0;
    for (const one of all("[data-name]")) {
      one.hidden = !words.every((word) => one.dataset.name.includes(word));
      left += !one.hidden;
    }
    empty.hidden = left > 0;
  });

  const notebooks = () => all("details.notebook");
  const turn = (open) => () => { for (const one of notebooks()) one.open = open; };
  document.getElementById("open").addEventListener("click", turn(true));
  document.getElementById("close").addEventListener("click", turn(false));

  function reveal() {
    let one = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!one) return;
    const target = one;
    for (; one; one = one.parentElement) if (one.tagName === "DETAILS") one.open = true;
    target.scrollIntoView();
  }
  addEventListener("hashchange", reveal);
  if (location.hash) reveal();

  let shut = [];
  addEventListener("beforeprint", () => {
    shut = all("details:not([open])");
    for (const one of shut) one.open = true;
  });
  addEventListener("afterprint", () => { for (const one of shut) one.open = false; });
})();
