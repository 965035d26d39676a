/* A page that shows what changes. The tabs of a browser share one stream: who holds the lock has it, for the topics of
   all, and passes on what it hears. Without locks each has its own; without streams each asks every ten seconds; closed
   while nobody looks. A hint is to read the page again; with a field in hand it only says so. ES5, for old phones. */
(function () {
  'use strict';
  var box = document.querySelector('[data-topics]');
  if (!box || !window.XMLHttpRequest) return;
  var own = box.getAttribute('data-topics').split(' '), since = box.getAttribute('data-since'), began = Date.now(), me = '' + Math.random(),
    name = 'live ' + box.getAttribute('data-who'), shared = window.BroadcastChannel && navigator.locks && new BroadcastChannel(name),
    tabs = {}, heard = [], caught, wanted, leader, queued, release, stream, opening, timer, dirty, due;

  function say(how) {
    if (release) tell({ say: how });
    if (box.getAttribute('data-state') === how) return;
    box.setAttribute('data-state', how);
    box.querySelector('.live-state').textContent = box.getAttribute('data-' + how);
  }

  function news() { box.querySelector('.live-note').hidden = false; }

  function busy() {
    var e = document.activeElement;
    return dirty || location.hash.length > 1 || (e && /^(INPUT|SELECT|TEXTAREA)$/.test(e.tagName));
  }

  function matters(topic, kinds) {
    var wanted = box.getAttribute('data-kinds');
    if (own.indexOf(topic) < 0) return false;
    if (!wanted || kinds === '*' || topic.indexOf('person:') === 0) return true;
    return kinds.split(' ').some(function (k) { return (' ' + wanted + ' ').indexOf(' ' + k + ' ') >= 0; });
  }

  /* Not sooner than five seconds after the last time, and not all phones in the same moment. */
  function changed(o) {
    if (due || !matters(o.topic, o.kinds)) return;
    if (busy()) { news(); return; }
    due = setTimeout(function () {
      due = 0;
      if (busy() || document.hidden) news();
      else location.reload();
    }, Math.max(300, 5000 - (Date.now() - began)) + Math.random() * 1500);
  }

  function query(topics) { return '?topics=' + encodeURIComponent(topics.join(',')) + '&since=' + encodeURIComponent(since); }

  function poll() {
    var r = new XMLHttpRequest();
    r.open('GET', '/api/v1/changes' + query(own));
    r.onload = function () {
      if (r.status !== 200) { say('off'); return; }
      var o = JSON.parse(r.responseText);
      since = o.place;
      caught = true;
      if (timer) say('slow');
      o.changes.forEach(changed);
    };
    r.onerror = function () { if (timer) say('off'); };
    r.send();
  }

  function ask(yes) {
    if (timer) clearInterval(timer);
    timer = yes && setInterval(poll, 10000);
    if (yes) poll();
  }

  /* -- the stream, of the one that has it */
  function union() {
    var all = own.slice();
    Object.keys(tabs).forEach(function (k) {
      tabs[k].forEach(function (t) { if (all.indexOf(t) < 0) all.push(t); });
    });
    return all.slice(0, 32);
  }

  function open() {
    if (!window.EventSource) { ask(true); return; }
    if (stream) stream.close();
    heard = union();
    var s = stream = new EventSource('/api/v1/events' + query(heard));
    s.addEventListener('here', function (e) { since = e.lastEventId || since; say('live'); here(); });
    s.addEventListener('change', function (e) {
      var o = JSON.parse(e.data);
      o.since = since = e.lastEventId || since;
      if (release) tell(o);
      changed(o);
    });
    s.onerror = function () {
      say('off');
      if (s.readyState === 2) { close(); ask(true); here(); }
    };
  }

  function close() {
    if (stream) stream.close();
    stream = null;
  }

  /* -- the tabs among themselves */
  function tell(o) {
    o.by = me;
    shared.postMessage(o);
  }

  function here() { if (release) tell({ here: stream ? heard : [] }); }

  function covers(all, some) { return some.every(function (t) { return all.indexOf(t) >= 0; }); }

  /* Somebody has come: several at once are one stream more. */
  function joined(o) {
    tabs[o.by] = o.join;
    if (!stream || covers(heard, o.join)) here();
    else if (!opening) opening = setTimeout(function () { opening = 0; if (release) open(); }, 50);
  }

  /* The stream holds these: if ours too, what came before is read once; else it is asked to, once. */
  function follow(o) {
    if (o.by !== leader) caught = wanted = false;
    leader = o.by;
    if (covers(o.here, own)) {
      ask(false);
      say('live');
      if (!caught) poll();
    } else if (wanted) {
      caught = false;
      if (!timer) ask(true);
    } else join();
  }

  function join() {
    wanted = true;
    tell({ join: own });
  }

  function listen(e) {
    var o = e.data;
    if (document.hidden) return;
    if (o.gone) delete tabs[o.by];
    else if (o.join) { if (release) joined(o); }
    else if (o.here) follow(o);
    else if (o.say) { if (!timer) say(o.say); }
    else if (o.topic) {
      if (caught) since = o.since;
      changed(o);
    }
  }

  function elect() {
    if (queued) return;
    queued = true;
    navigator.locks.request(name, function () {
      queued = false;
      if (!document.hidden) return new Promise(function (done) {
        release = done;
        tabs = {};
        ask(false);
        open();
      });
    });
  }

  function begin() {
    if (!shared) { open(); return; }
    elect();
    join();
  }

  function part() {
    close();
    ask(false);
    caught = false;
    if (shared) tell({ gone: 1 });
    if (release) release();
    release = null;
  }

  if (shared) shared.onmessage = listen;
  function touched() { dirty = true; }
  document.addEventListener('input', touched);
  document.addEventListener('change', touched);
  document.addEventListener('click', function (e) { if (e.target.closest && e.target.closest('summary')) touched(); });
  document.addEventListener('visibilitychange', function () { part(); if (!document.hidden) begin(); });
  box.querySelector('.live-note').addEventListener('click', function (e) { e.preventDefault(); location.reload(); });
  if (!document.hidden) begin();
})();
