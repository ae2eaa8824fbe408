/**
 * The topics of the demo's videos as drawings of 100 by 100 units. Class `w` is white, `d` the dark
 * color and `a` the accent color. Names match words.json of the demo data.
 */
export const TOPIC_DRAWINGS = {
  food: {
    colors: ["#e4572e", "#f3a712", "#5c1a0b"],
    drawing: `<path class="w" d="M8 48h84a42 36 0 0 1-84 0z"/><rect class="w" x="32" y="80" width="36" height="9" rx="3"/><path class="a" d="M16 48q8-22 17 0q8-24 17 0q9-24 17 0q9-22 17 0z"/><path class="s" d="M60 40 82 6M69 42 94 12"/>`,
  },
  vlog: {
    colors: ["#2a9d8f", "#e9c46a", "#123c37"],
    drawing: `<rect class="w" x="8" y="28" width="60" height="46" rx="9"/><path class="w" d="M72 44l20-12v38l-20-12z"/><circle class="a" cx="30" cy="51" r="12"/><circle class="d" cx="30" cy="51" r="5"/><circle class="a" cx="56" cy="38" r="4"/>`,
  },
  game: {
    colors: ["#5a3fc0", "#38d9a9", "#1d1147"],
    drawing: `<path class="w" d="M28 30h44c16 0 24 22 22 38c-2 12-14 12-20 2l-5-8H31l-5 8c-6 10-18 10-20-2c-2-16 6-38 22-38z"/><path class="d" d="M25 43h7v-7h7v7h7v7h-7v7h-7v-7h-7z"/><circle class="a" cx="66" cy="42" r="5"/><circle class="a" cx="77" cy="51" r="5"/>`,
  },
  beauty: {
    colors: ["#e26d9c", "#ffd6a5", "#5e1a3a"],
    drawing: `<path class="a" d="M40 40V22l20-14v32z"/><rect class="w" x="36" y="40" width="28" height="20"/><rect class="d" x="30" y="58" width="40" height="34" rx="5"/><circle class="w" cx="82" cy="24" r="4"/><path class="w" d="M18 26l3 8 8 3-8 3-3 8-3-8-8-3 8-3z"/>`,
  },
  travel: {
    colors: ["#3a86c8", "#ffbe0b", "#0d2f52"],
    drawing: `<circle class="a" cx="72" cy="28" r="14"/><path class="w" d="M4 88 36 34l16 26 10-14 32 42z"/><path class="d" d="M36 34l9 15-8 6-9-8z"/>`,
  },
  cooking: {
    colors: ["#7a9e3d", "#ffd166", "#2e3d12"],
    drawing: `<rect class="w" x="20" y="44" width="60" height="42" rx="8"/><rect class="w" x="6" y="50" width="20" height="10" rx="5"/><rect class="w" x="74" y="50" width="20" height="10" rx="5"/><rect class="d" x="18" y="34" width="64" height="9" rx="4"/><circle class="d" cx="50" cy="29" r="6"/><path class="s" d="M36 20q-5-6 0-12M62 20q-5-6 0-12"/>`,
  },
  music: {
    colors: ["#d7263d", "#f9c80e", "#430a13"],
    drawing: `<path class="w" d="M36 22 84 12v56h-9V32l-30 6v42h-9z"/><ellipse class="w" cx="31" cy="80" rx="15" ry="11"/><ellipse class="a" cx="70" cy="69" rx="15" ry="11"/>`,
  },
  sport: {
    colors: ["#ef6c00", "#cfd8dc", "#47220a"],
    drawing: `<rect class="d" x="20" y="45" width="60" height="10"/><rect class="w" x="16" y="22" width="14" height="56" rx="5"/><rect class="w" x="70" y="22" width="14" height="56" rx="5"/><rect class="a" x="5" y="33" width="10" height="34" rx="4"/><rect class="a" x="85" y="33" width="10" height="34" rx="4"/>`,
  },
  study: {
    colors: ["#31708e", "#f6d365", "#0f2833"],
    drawing: `<path class="w" d="M50 26q-18-12-42-8v60q24-4 42 8z"/><path class="w" d="M50 26q18-12 42-8v60q-24-4-42 8z" opacity=".86"/><path class="d" d="M47 26h6v60h-6z"/><path class="a" d="M68 14h12v34l-6-6-6 6z"/>`,
  },
  pets: {
    colors: ["#c77d3b", "#ffe3c2", "#43260d"],
    drawing: `<path class="w" d="M22 44 20 10l24 16h12l24-16-2 34a30 30 0 1 1-56 0z"/><circle class="d" cx="39" cy="54" r="5"/><circle class="d" cx="61" cy="54" r="5"/><path class="a" d="M44 64h12l-6 8z"/><path class="l" d="M50 72v6M14 62l16 4M14 76l16-4M86 62l-16 4M86 76l-16-4"/>`,
  },
  money: {
    colors: ["#1b7f5c", "#ffd447", "#06301f"],
    drawing: `<rect class="w" x="10" y="60" width="16" height="28" rx="3"/><rect class="w" x="33" y="46" width="16" height="42" rx="3"/><rect class="w" x="56" y="52" width="16" height="36" rx="3"/><rect class="a" x="79" y="28" width="14" height="60" rx="3"/><path class="s" d="M12 42 38 26l24 8 26-24"/>`,
  },
  film: {
    colors: ["#343a55", "#f4a261", "#0e1120"],
    drawing: `<rect class="w" x="10" y="42" width="80" height="46" rx="6"/><path class="w" d="M10 24 86 8l4 16-76 16z"/><path class="d" d="M24 21l16-3 4 15-16 3zM54 15l16-3 4 15-16 3z"/><path class="a" d="M42 52l22 13-22 13z"/>`,
  },
  news: {
    colors: ["#495057", "#ff6b6b", "#16191c"],
    drawing: `<rect class="w" x="12" y="16" width="76" height="70" rx="6"/><rect class="a" x="22" y="26" width="56" height="12" rx="2"/><rect class="d" x="22" y="46" width="24" height="30" rx="2"/><path class="l" d="M54 50h24M54 61h24M54 72h16"/>`,
  },
  cars: {
    colors: ["#0077b6", "#caf0f8", "#03263a"],
    drawing: `<path class="w" d="M6 66V52l14-4 12-20h34l16 20 12 5v13z"/><path class="d" d="M36 34h13v13H28zM54 34h10l9 13H54z"/><circle class="d" cx="27" cy="68" r="12"/><circle class="d" cx="73" cy="68" r="12"/><circle class="a" cx="27" cy="68" r="5"/><circle class="a" cx="73" cy="68" r="5"/>`,
  },
  tech: {
    colors: ["#4361ee", "#80ffdb", "#101a52"],
    drawing: `<rect class="w" x="28" y="6" width="44" height="88" rx="9"/><rect class="d" x="33" y="16" width="34" height="64" rx="3"/><rect class="a" x="38" y="24" width="11" height="11" rx="3"/><rect class="w" x="52" y="24" width="11" height="11" rx="3"/><rect class="w" x="38" y="39" width="11" height="11" rx="3"/><rect class="a" x="52" y="39" width="11" height="11" rx="3"/><circle class="d" cx="50" cy="87" r="3"/>`,
  },
  baby: {
    colors: ["#f28482", "#f7ede2", "#5b2322"],
    drawing: `<path class="w" d="M34 34h32v46a12 12 0 0 1-12 12h-8a12 12 0 0 1-12-12z"/><rect class="d" x="30" y="24" width="40" height="12" rx="4"/><path class="a" d="M42 24q0-16 8-16t8 16z"/><path class="l" d="M34 50h12M34 62h12M34 74h12"/>`,
  },
  football: {
    colors: ["#2d8a3e", "#f1faee", "#0b3113"],
    drawing: `<circle class="w" cx="50" cy="50" r="42"/><path class="d" d="M50 32l17 13-6 20H39l-6-20z"/><path class="d" d="M50 8l12 9-12 8-12-8zM10 38l12 2 1 14-12 7zM90 38l-12 2-1 14 12 7zM26 84l4-13 13 3-2 15zM74 84l-4-13-13 3 2 15z"/>`,
  },
  comedy: {
    colors: ["#f6ae2d", "#f26419", "#54330a"],
    drawing: `<circle class="w" cx="50" cy="50" r="42"/><path class="l" d="M28 42q7-9 14 0M58 42q7-9 14 0"/><path class="d" d="M24 54h52a26 26 0 0 1-52 0z"/><path class="a" d="M36 74q14-12 28 0-14 10-28 0z"/>`,
  },
  fashion: {
    colors: ["#9d4edd", "#ffc8dd", "#32104c"],
    drawing: `<path class="w" d="M34 14q16 14 32 0l26 16-12 20-10-5v45H30V45l-10 5L8 30z"/><path class="a" d="M30 62h40v12H30z"/><path class="l" d="M40 20q10 9 20 0"/>`,
  },
  science: {
    colors: ["#1d3557", "#f1c453", "#080f1a"],
    drawing: `<circle class="a" cx="50" cy="50" r="24"/><path class="w" d="M50 26a24 24 0 0 1 0 48q14-24 0-48z" opacity=".5"/><ellipse class="s" cx="50" cy="50" rx="44" ry="13" transform="rotate(-22 50 50)"/><circle class="w" cx="14" cy="20" r="3"/><circle class="w" cx="84" cy="16" r="4"/><circle class="w" cx="86" cy="82" r="3"/>`,
  },
};
