/** A token alone is what most people paste: the scheme is put before it. */
function name(request) {
  const given = request.headers.Authorization;
  if (given && !given.includes(" ")) request.headers.Authorization = `Token ${given}`;
  return request;
}

SwaggerUIBundle({
  url: "/swagger.json",
  dom_id: "#swagger",
  deepLinking: true,
  persistAuthorization: true,
  displayRequestDuration: true,
  docExpansion: "list",
  tryItOutEnabled: true,
  // Otherwise a service elsewhere is asked whether the document is right.
  validatorUrl: null,
  requestInterceptor: name,
});
