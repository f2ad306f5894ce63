/* Opens the panels of report.html.  All bulky texts are in #texts: JSON, packed
 * by gzip, unpacked when the first panel opens, and shown as text only. */
"use strict";
(function () {
	const panel = document.getElementById("panel");
	const body = document.getElementById("body");
	let data, opener;

	async function unpack() {
		const packed = document.getElementById("texts").textContent;
		const bytes = Uint8Array.from(atob(packed), c => c.charCodeAt(0));
		const stream = new Blob([bytes]).stream()
			.pipeThrough(new DecompressionStream("gzip"));
		return JSON.parse(await new Response(stream).text());
	}

	function make(tag, text, name) {
		const e = document.createElement(tag);
		if (text !== undefined)
			e.textContent = text;
		if (name)
			e.className = name;
		return e;
	}

	function text(id) {
		return data.texts[id].map(i => data.chunks[i]).join("");
	}

	/* The lines of a and b: [" " both, "-" only a, "+" only b; line]. */
	function compare(a, b) {
		let head = 0, tail = 0;
		while (head < a.length && head < b.length && a[head] === b[head])
			head++;
		while (tail < a.length - head && tail < b.length - head
			&& a[a.length - 1 - tail] === b[b.length - 1 - tail])
			tail++;
		const x = a.slice(head, a.length - tail);
		const y = b.slice(head, b.length - tail);
		return [...a.slice(0, head).map(l => [" ", l]), ...middle(x, y),
			...a.slice(a.length - tail).map(l => [" ", l])];
	}

	/* By the longest common subsequence, unless that would take long. */
	function middle(x, y) {
		const out = [], w = y.length + 1;
		let i = 0, j = 0;
		if (x.length * y.length < 4e6) {
			const best = new Uint16Array((x.length + 1) * w);
			for (i = x.length - 1; i >= 0; i--)
				for (j = y.length - 1; j >= 0; j--)
					best[i * w + j] = x[i] === y[j]
						? best[(i + 1) * w + j + 1] + 1
						: Math.max(best[(i + 1) * w + j], best[i * w + j + 1]);
			for (i = j = 0; i < x.length && j < y.length;)
				if (x[i] === y[j]) {
					out.push([" ", x[i++]]);
					j++;
				} else if (best[(i + 1) * w + j] >= best[i * w + j + 1])
					out.push(["-", x[i++]]);
				else
					out.push(["+", y[j++]]);
		}
		while (i < x.length)
			out.push(["-", x[i++]]);
		while (j < y.length)
			out.push(["+", y[j++]]);
		return out;
	}

	function diff(a, b) {
		const near = 3, pre = make("pre", undefined, "diff");
		const lines = compare(a.split("\n"), b.split("\n"));
		const shown = lines.map(() => false);
		lines.forEach(([mark], i) => {
			if (mark !== " ")
				for (let k = Math.max(0, i - near); k <= i + near; k++)
					shown[k] = true;
		});
		let skipped = 0;
		lines.forEach(([mark, line], i) => {
			if (!shown[i]) {
				skipped++;
				return;
			}
			if (skipped)
				pre.append(make("span", "⋯ " + skipped + " equal", "skip"));
			skipped = 0;
			pre.append(make("span", mark + " " + line,
				{ "+": "plus", "-": "minus" }[mark]));
		});
		if (skipped && skipped < lines.length)
			pre.append(make("span", "⋯ " + skipped + " equal", "skip"));
		return skipped === lines.length
			? make("p", "It is the same script.", "none") : pre;
	}

	function content(id, from, file) {
		if (id < 0 || (from !== undefined && from < 0))
			return make("p", id === -1 ? "There is none."
				: "Left out to keep this page small: see " + data.run + "/"
				+ file, "none");
		return from === undefined ? make("pre", text(id))
			: diff(text(from), text(id));
	}

	/* What is closed is made when it is opened. */
	function fold(title, open, fill) {
		const d = make("details");
		d.append(make("summary", title));
		d.addEventListener("toggle", () => {
			if (d.open && d.childElementCount === 1)
				fill(d);
		});
		if (open)
			fill(d);
		d.open = !!open;
		return d;
	}

	function fill(name) {
		const node = data.nodes[name], calls = data.calls[name];
		const facts = make("dl");
		document.getElementById("panel-title").textContent = node.h;
		node.f.forEach(([k, v]) => facts.append(make("dt", k), make("dd", v)));
		body.replaceChildren(make("p", name + (node.l ? ": " + node.l : ""),
			"legend"), facts);
		node.s.forEach(s => body.append(fold(s.k, s.o, d =>
			d.append(content(s.t, s.a, s.f)))));
		if (calls.length)
			body.append(make("h3", "Model calls"));
		calls.forEach(c => body.append(fold(c.k, false, d =>
			d.append(make("h4", "Prompt"), content(c.p, undefined, c.f),
				make("h4", "Reply"), content(c.r, undefined, c.f)))));
		panel.dataset.shows = name;
		panel.scrollTop = 0;
	}

	async function show() {
		const name = decodeURIComponent(location.hash.slice(1));
		if (!name) {
			if (panel.open)
				panel.close();
			return;
		}
		try {
			data = data || await unpack();
		} catch (e) {
			document.getElementById("panel-title").textContent
				= "This browser cannot unpack the texts";
			panel.showModal();
			return;
		}
		if (!Object.hasOwn(data.nodes, name))
			return;
		if (!panel.open)
			opener = document.activeElement;
		fill(name);
		if (!panel.open)
			panel.showModal();
	}

	/* The next one in the order of the page; they wrap around. */
	function move(by) {
		const names = Object.keys(data.calls);
		const i = names.indexOf(decodeURIComponent(location.hash.slice(1)));
		location.hash = names[(i + by + names.length) % names.length];
	}

	document.getElementById("close").onclick = () => panel.close();
	document.getElementById("before").onclick = () => move(-1);
	document.getElementById("after").onclick = () => move(1);
	panel.addEventListener("click", e => {
		if (e.target === panel)
			panel.close();
	});
	panel.addEventListener("close", () => {
		history.replaceState(null, "", location.pathname + location.search);
		if (opener)
			opener.focus({ preventScroll: true });
	});
	addEventListener("hashchange", show);
	show();
})();
