/** Adds the `Token` scheme if the user enters only the token. */
function addTokenScheme(request) {
  const value = request.headers.Authorization;
  if (value && !value.includes(" ")) request.headers.Authorization = `Token ${value}`;
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
  // Disables the request to an external validator.
  validatorUrl: null,
  requestInterceptor: addTokenScheme,
});
