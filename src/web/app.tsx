import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { type ComponentProps, useState } from "react";
import { isProblem } from "./api/request.ts";
import { router } from "./router.tsx";
import { TextsProvider } from "./text/texts.tsx";
import { schemeManager } from "./theme/scheme.ts";
import { theme } from "./theme/theme.ts";

function makeClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        refetchOnWindowFocus: false,
        // A refusal stays one; only what never reached the server is tried again.
        retry: (count, error) => !isProblem(error) && count < 2,
      },
    },
  });
}

/**
 * The app: providers around the router.
 *
 * @param props the first language with its texts
 */
export function App({ first }: Pick<ComponentProps<typeof TextsProvider>, "first">) {
  const [client] = useState(makeClient);
  return (
    <MantineProvider
      theme={theme}
      colorSchemeManager={schemeManager}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <QueryClientProvider client={client}>
        <TextsProvider first={first}>
          <RouterProvider router={router} />
        </TextsProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
