import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestServer, testServer, upload } from "./running-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await testServer({ settings: "name: Toko\ntime_zone: Asia/Jakarta\n" });
});
afterAll(() => server.stop());

describe("the route of automations", () => {
  it("lists none before a source names one", async () => {
    expect(await server.json("/api/automations")).toEqual({ automations: [] });
  });

  it("says when each went live, by the days of the workspace's zone", async () => {
    const csv = `automation,name,tool,went_live_at,stopped_at
win_back,Win back,Klaviyo,2025-03-01T18:30:00Z,
welcome,Welcome,Klaviyo,2025-02-01T00:00:00Z,2025-04-01T00:00:00Z
idle,,,,
`;
    const job = await upload(server, [["automations.csv", csv]]);
    expect(job.state).toBe("done");
    const { automations } = await server.json("/api/automations");
    // 18:30 UTC is half past one of the next day in Jakarta.
    expect(automations).toEqual([
      {
        automation: "welcome",
        name: "Welcome",
        tool: "Klaviyo",
        wentLive: "2025-02-01",
        stopped: "2025-04-01",
      },
      {
        automation: "win_back",
        name: "Win back",
        tool: "Klaviyo",
        wentLive: "2025-03-02",
        stopped: null,
      },
      { automation: "idle", name: null, tool: null, wentLive: null, stopped: null },
    ]);
  });
});
