// A <select data-submit> sends its form at once; its button is only needed without JavaScript.
document.querySelectorAll("select[data-submit]").forEach((select) => {
  const button = select.form.querySelector("button");
  if (button) button.hidden = true;
  select.addEventListener("change", () => select.form.submit());
});
