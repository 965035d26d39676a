/* A page that shows what changes: one stream, closed while nobody looks, or a question each ten seconds where there can be
   none. What it hears is a hint to read the page again; with a field in hand it only says so. ES5, for old phones. */
(function () {
  'use strict';
  var box = document.querySelector('[data-topics]'), since, stream, timer, dirty, due, began = Date.now();
  if (!box || !window.XMLHttpRequest) return;
  var state = box.querySelector('.live-state'), note = box.querySelector('.live-note');
  since = box.getAttribute('data-since');

  function say(how) {
    if (box.getAttribute('data-state') === how) return;
    box.setAttribute('data-state', how);
    state.textContent = box.getAttribute('data-' + how);
  }

  function busy() {
    var e = document.activeElement;
    return dirty || location.hash.length > 1 || (e && /^(INPUT|SELECT|TEXTAREA)$/.test(e.tagName));
  }

  function matters(topic, kinds) {
    var wanted = box.getAttribute('data-kinds');
    if (!wanted || kinds === '*' || topic.indexOf('person:') === 0) return true;
    return kinds.split(' ').some(function (k) { return (' ' + wanted + ' ').indexOf(' ' + k + ' ') >= 0; });
  }

  /* Not sooner than five seconds after the last time, and not all phones in the same moment. */
  function changed(topic, kinds) {
    if (!matters(topic, kinds)) return;
    if (busy()) { note.hidden = false; return; }
    if (due) return;
    due = setTimeout(function () {
      due = 0;
      if (busy() || document.hidden) note.hidden = false;
      else location.reload();
    }, Math.max(300, 5000 - (Date.now() - began)) + Math.random() * 1500);
  }

  function query() {
    return '?topics=' + encodeURIComponent(box.getAttribute('data-topics').split(' ').join(',')) + '&since=' + encodeURIComponent(since);
  }

  function poll() {
    var r = new XMLHttpRequest();
    r.open('GET', '/api/v1/changes' + query());
    r.onload = function () {
      if (r.status !== 200) { say('off'); return; }
      var o = JSON.parse(r.responseText);
      since = o.place;
      say('slow');
      o.changes.forEach(function (c) { changed(c.topic, c.kinds); });
    };
    r.onerror = function () { say('off'); };
    r.send();
  }

  function ask() {
    if (timer) return;
    poll();
    timer = setInterval(poll, 10000);
  }

  function open() {
    if (!window.EventSource) { ask(); return; }
    stream = new EventSource('/api/v1/events' + query());
    stream.addEventListener('here', function (e) { since = e.lastEventId || since; say('live'); });
    stream.addEventListener('change', function (e) {
      var o = JSON.parse(e.data);
      since = e.lastEventId || since;
      changed(o.topic, o.kinds);
    });
    stream.onerror = function () {
      say('off');
      if (stream.readyState === 2) { stream = null; ask(); }
    };
  }

  function close() {
    if (stream) stream.close();
    if (timer) clearInterval(timer);
    stream = timer = null;
  }

  document.addEventListener('input', function () { dirty = true; });
  document.addEventListener('change', function () { dirty = true; });
  document.addEventListener('visibilitychange', function () { close(); if (!document.hidden) open(); });
  note.addEventListener('click', function (e) { e.preventDefault(); location.reload(); });
  open();
})();
