// Pictures are drawn on the server; this adds tooltips for the pointer and steps for the keyboard.
const marksOf = (picture) => [...picture.querySelectorAll("svg [data-tip]")];

function prepare(picture) {
  const marks = marksOf(picture);
  if (!marks.length || picture.dataset.ready) return;
  picture.dataset.ready = "1";
  picture.tabIndex = 0;
  picture.setAttribute("role", "group");
  picture.setAttribute("aria-label", picture.dataset.steps || "");
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.setAttribute("role", "status");
  tip.hidden = true;
  picture.append(tip);
  let at = -1;

  const show = (index) => {
    marks[at]?.classList.remove("is-marked");
    at = index;
    const mark = marks[at];
    tip.hidden = !mark;
    if (!mark) return;
    mark.classList.add("is-marked");
    tip.textContent = mark.dataset.tip;
    const box = picture.getBoundingClientRect();
    const spot = mark.getBoundingClientRect();
    const left = Math.min(Math.max(spot.left + spot.width / 2 - box.left - tip.offsetWidth / 2, 0), box.width - tip.offsetWidth);
    const above = spot.top - box.top - tip.offsetHeight - 8;
    tip.style.left = `${left}px`;
    tip.style.top = `${above < 0 ? spot.bottom - box.top + 8 : above}px`;
  };
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  picture.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return show(-1);
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    show(at < 0 && step < 0 ? marks.length - 1 : (at + step + marks.length) % marks.length);
  });
  picture.addEventListener("focusout", () => show(-1));
  picture.addEventListener("pointerleave", () => show(-1));
  picture.addEventListener("pointermove", (event) => {
    const index = marks.indexOf(event.target.closest?.("[data-tip]"));
    if (index >= 0 && index !== at) show(index);
  });
}

const prepareAll = () => document.querySelectorAll(".picture").forEach(prepare);
prepareAll();
document.addEventListener("htmx:after:swap", prepareAll);
