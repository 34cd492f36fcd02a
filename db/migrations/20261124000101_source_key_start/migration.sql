-- Pages of one research are found by how their keys begin, which an index in the language's order cannot serve.
CREATE INDEX "source_key_start" ON "source"("key" text_pattern_ops);
