"""Figures of published notices, as printed, with the units as they are named there."""

PORTAL = [
    (1, "扎兰屯市现代农业产业园服务中心", 35, 175, 3, 30, 205),
    (2, "水利局", 36, 180, 0, 0, 180),
    (3, "市场监督管理局", 27, 135, 1, 10, 145),
    (4, "公安局", 25, 125, 1, 10, 135),
    (5, "民政局", 26, 130, 0, 0, 130),
]
"""A city's portal, January to March 2023: place, unit, adopted by the city and points for that,
adopted by the prefecture and points for that, points in all."""

DISTRICT = [
    ("南川东路办事处", 14, 7, "50%"),
    ("仓门街办事处", 28, 16, "57.10%"),
    ("总寨镇", 15, 8, "53.30%"),
    ("南川西路办事处", 33, 12, "36.40%"),
    ("礼让街办事处", 33, 14, "42.40%"),
    ("南滩办事处", 47, 20, "42.60%"),
    ("人民街办事处", 14, 4, "28.60%"),
    ("饮马街办事处", 10, 5, "50%"),
    ("区统计局", 0, 0, "0"),
    ("区财政局", 8, 6, "75%"),
    ("区政府办公室", 18, 18, "100%"),
    ("区卫生和计划生育局", 8, 6, "75%"),
    ("区发展改革和经济商务局", 7, 5, "71.40%"),
]
"""A district's portal, April 2017: unit, submitted, adopted, and the rate."""
