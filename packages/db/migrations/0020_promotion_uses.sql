-- Uses of a promotion or a coupon without a limit are not counted in its row, for which all orders would wait: they are
-- the entries of the ledger.
create index promotion_claim_used on promotion_claim (promotion_id) where state = 'USED';
create index promotion_claim_coupon on promotion_claim (coupon_id) where coupon_id is not null;
