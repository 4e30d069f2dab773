// A link with data-panel="id" opens that dialog; htmx fills it. Without JavaScript the link goes to the page itself.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-panel]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const panel = document.getElementById(link.dataset.panel);
  const content = panel.querySelector("[data-wait]");
  content.textContent = content.dataset.wait;
  panel.showModal();
});
