import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./workbench/shell/global.css";
import { createRoot } from "react-dom/client";
import { App } from "./workbench/shell/App.tsx";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element with the id root");
createRoot(root).render(<App />);
