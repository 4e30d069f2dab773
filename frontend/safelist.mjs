// Class names that no template spells out: made from data, by Django's forms or by htmx.
export default {
  standard: ["is-invalid", "is-valid", "invalid-feedback", "errorlist", "htmx-request", "htmx-indicator", "active", "disabled", "show"],
  deep: [],
  greedy: [],
  variables: [/^--chart-/],
};
