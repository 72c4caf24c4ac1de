// Reloads the page when something new has arrived. A reload keeps the scroll position.
const { version } = document.currentScript.dataset;
setInterval(async () => {
  if (document.hidden) return;
  const answer = await fetch('/version').catch(() => null);
  if (answer?.ok && (await answer.text()) !== version) location.reload();
}, 1500);
