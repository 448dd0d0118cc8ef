// A file of its own, because the page's policy forbids scripts inside it.
SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#api",
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  docExpansion: "list",
  validatorUrl: "none", // it would show the document to a server of somebody else's
});
