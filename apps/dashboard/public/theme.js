// Runs before the first paint so that a chosen theme never flashes. A file of its own because the content policy allows no inline scripts.
(function () {
  try {
    var theme = localStorage.getItem('agentflow.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch {
    // Storage can be switched off; the system preference is then all there is.
  }
})();
