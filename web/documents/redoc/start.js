Redoc.init("/swagger.json", { nativeScrollbars: true }, document.getElementById("redoc"));
