-- Deals by amount, largest first: the expression is that of db/stores/deal-list.ts.
CREATE INDEX deal_by_amount ON "deal" ((coalesce(amount_minor, -1)) DESC, created_at DESC, id DESC);
