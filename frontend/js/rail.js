// On a phone the rail is one row that slides: the room that one is in is slid into view.
const here = document.querySelector(".rail [aria-current]");
if (here) {
  const row = here.closest("ul");
  row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
}
