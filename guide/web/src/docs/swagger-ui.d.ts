/** The part of Swagger UI that is used here; the package has no types of its own. */
declare module "swagger-ui-dist/swagger-ui-es-bundle.js" {
  interface Options {
    domNode: HTMLElement;
    url: string | undefined;
    deepLinking: boolean;
    docExpansion: "list" | "full" | "none";
    defaultModelsExpandDepth: number;
    displayRequestDuration: boolean;
    filter: boolean;
    tryItOutEnabled: boolean;
    validatorUrl: null;
    onComplete: () => void;
  }
  export default function SwaggerUI(options: Options): void;
}
