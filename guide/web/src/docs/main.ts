/** The page that shows the API's description and lets one try it; everything it needs is here. */
import SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle.js";
import "swagger-ui-dist/swagger-ui.css";
import "./docs.css";

const element = document.querySelector<HTMLElement>("#docs");
if (element) {
  SwaggerUI({
    domNode: element,
    url: element.dataset.url,
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    filter: true,
    tryItOutEnabled: true,
    // Nothing of this page is sent elsewhere, not even to have the description checked.
    validatorUrl: null,
    onComplete: () => {
      element.dataset.ready = "yes";
    },
  });
}
