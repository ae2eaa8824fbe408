const PATHS = {
  home: "M4 11.5 12 5l8 6.5V19a1 1 0 0 1-1 1h-4.5v-5h-5v5H5a1 1 0 0 1-1-1z",
  keyword: "M5 9h14M5 15h14M10 4 8 20M16 4l-2 16",
  channels: "M4 6.5h16v11H4zM10 9.5l5 2.5-5 2.5z",
  videos: "M12 4l2.4 5 5.6.8-4 3.9.9 5.5L12 16.6l-4.9 2.6.9-5.5-4-3.9 5.6-.8z",
  download: "M12 4v11M7 10.5l5 5 5-5M5 20h14",
  predict: "M4 18l5-6 4 3 7-9M15 6h5v5",
  watchlist: "M6.5 4.5h11V20L12 16.2 6.5 20z",
  account: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20a7.5 7.5 0 0 1 15 0",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 20 20",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M5.6 18.4 7 17M17 7l1.4-1.4",
  moon: "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z",
  arrow: "M5 12h14M13 6l6 6-6 6",
  external: "M9 5H5v14h14v-4M13 5h6v6M19 5l-9 9",
  image: "M4 6h16v12H4zM4 15l4-4 4 4 3-3 5 5M15.5 9.5h.01",
  calendar: "M5 6.5h14V20H5zM5 10.5h14M8.5 4v4M15.5 4v4",
  close: "M6 6l12 12M18 6 6 18",
};

export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
