CREATE TABLE "notes" ("id" serial PRIMARY KEY NOT NULL, "text" text NOT NULL);
--> statement-breakpoint
CREATE INDEX "notes_text" ON "notes" ("text");
